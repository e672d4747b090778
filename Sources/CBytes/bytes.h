// Many bytes compared at once: clang's vectors become the processor's own comparisons, which Swift's do not.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t ebb_bytes __attribute__((ext_vector_type(64)));
typedef bool ebb_bits __attribute__((ext_vector_type(64)));

/// Sixty-four bytes: a bit, the first lowest, for each that is a delimiter or line feed, for each that is a quote or line
/// feed, and for each beyond ASCII.
typedef struct {
  uint64_t borders, breaks, high;
} ebb_marks;

static inline uint64_t ebb_mask(ebb_bits bits) {
  uint64_t mask;
  memcpy(&mask, &bits, sizeof mask);
  return mask;
}

static inline ebb_marks ebb_look(const uint8_t *text, uint8_t delimiter, uint8_t quote) {
  ebb_bytes bytes;
  memcpy(&bytes, text, sizeof bytes);
  ebb_bits feeds = __builtin_convertvector(bytes == (uint8_t)'\n', ebb_bits);
  ebb_bits delimiters = __builtin_convertvector(bytes == delimiter, ebb_bits);
  ebb_bits quotes = __builtin_convertvector(bytes == quote, ebb_bits);
  ebb_bits high = __builtin_convertvector(bytes >= (uint8_t)0x80, ebb_bits);
  return (ebb_marks){ebb_mask(feeds) | ebb_mask(delimiters), ebb_mask(feeds) | ebb_mask(quotes), ebb_mask(high)};
}

/// Whether each of sixty-four bytes is, beside the one before it, ASCII or of a character of two bytes: the second of one
/// follows its first, and nothing else does. `text[-1]` is looked at too.
static inline bool ebb_is_short_text(const uint8_t *text) {
  ebb_bytes bytes, before;
  memcpy(&bytes, text, sizeof bytes);
  memcpy(&before, text - 1, sizeof before);
  // Of a second byte the two high bits are 10, of a first one the three high bits 110; 0xC0 and 0xC1 begin none.
  uint64_t seconds = ebb_mask(__builtin_convertvector((bytes & (uint8_t)0xC0) == (uint8_t)0x80, ebb_bits));
  uint64_t firsts = ebb_mask(__builtin_convertvector(before >= (uint8_t)0xC2, ebb_bits));
  uint64_t rare = ebb_mask(__builtin_convertvector(bytes >= (uint8_t)0xE0, ebb_bits))
      | ebb_mask(__builtin_convertvector((bytes & (uint8_t)0xFE) == (uint8_t)0xC0, ebb_bits));
  return ((seconds ^ firsts) | rare) == 0;
}
