import EbbStudy
import EbbWords
import Testing

@testable import EbbDeck

/// What every slide has to keep to: its borders, its boxes, a title, notes.
enum SlideCheck {
  static func composer(_ study: Study, _ language: Language) -> SlideComposer {
    let tag = language == .russian ? "ru-RU" : "en-US"
    return SlideComposer(
      stage: OwnStage.make(.ebb, language: tag), words: DeckWords(study, language: language, run: "0123abcd"))
  }

  static func check(_ slides: [Slide], _ language: Language) {
    let stage = OwnStage.make(.ebb, language: "en-US")
    let metrics = stage.bodyMetrics
    for slide in slides {
      let layout = slide.kind == .cover ? stage.cover : stage.finding
      #expect(!slide.title.isEmpty && !slide.notes.isEmpty, "\(slide.title)")
      let title = TextBody(
        paragraphs: [TextParagraph(slide.title, bold: true)], size: slide.titleSize, language: "en-US")
      #expect(title.fits(layout.title, metrics: metrics), "title: \(slide.title)")
      #expect(slide.titleSize >= 20)
      for (index, element) in slide.elements.enumerated() {
        let place = "\(slide.title): \(element.name)"
        if slide.kind == .finding {
          // Table rows may be a hair higher than asked for.
          #expect(stage.content.contains(element.box), "\(place) leaves the content: \(element.box)")
        }
        for other in slide.elements.dropFirst(index + 1) {
          #expect(!element.box.intersects(other.box), "\(place) meets \(other.name)")
        }
        switch element.content {
        case .text(let body, _):
          #expect(body.fits(element.box, metrics: metrics), "\(place): \(body.paragraphs.map(\.text))")
          for run in body.paragraphs.flatMap(\.runs) { #expect((run.size ?? body.size) >= 14, "\(place)") }
        case .table(let table):
          check(table, metrics, place)
          #expect(!element.alternative.isEmpty, "\(place)")
        case .chart(let chart):
          #expect(!element.alternative.isEmpty, "\(place)")
          #expect(chart.series.contains { $0.values.contains { $0 != nil } }, "\(place) is empty")
          #expect(chart.textSize >= 12)
          for series in chart.series {
            for value in series.values + series.xValues { #expect(value?.isFinite ?? true, "\(place)") }
          }
        case .rectangle: break
        }
      }
    }
  }

  /// Each cell's text in its row's height.
  static func check(_ table: TableMarkup, _ metrics: FontMetrics, _ place: String) {
    #expect(table.size >= 14, "\(place)")
    for (number, row) in ([table.heading] + table.rows).enumerated() {
      #expect(row.count == table.widths.count, "\(place)")
      for (cell, width) in zip(row, table.widths) {
        let room = Double(width) / Double(Box.point) - 2 * TableMarkup.insetX
        let lines = metrics.lines(cell.text, size: table.size, bold: cell.bold || number == 0, width: room)
          .count
        let height = Double(lines) * table.size * FontMetrics.lineHeight + 2 * TableMarkup.insetY
        let asked = number == 0 ? table.headingHeight : table.rowHeight
        #expect(height <= Double(asked) / Double(Box.point), "\(place): \(cell.text)")
      }
    }
  }
}
