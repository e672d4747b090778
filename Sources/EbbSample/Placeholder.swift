/// Seeded made-up clients.
package enum SamplePlaceholder {}
