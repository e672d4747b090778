/// A chart as PowerPoint draws it itself: its numbers stay behind it and can be edited. What is to be seen, not yet how it
/// is written.
struct NativeChart: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    /// Upright and lying bars.
    case columns, bars
    /// A line over categories.
    case lines
    /// Points in a plane, joined where a series says so.
    case scatter
  }
  struct Series: Sendable, Equatable {
    let name: String
    /// Along the value axis; for a scatter, upwards.
    var values: [Double?]
    /// For a scatter: to the right.
    var xValues: [Double?] = []
    /// Ends of the intervals; along x for a scatter.
    var low: [Double?]? = nil
    var high: [Double?]? = nil
    var colour: DeckColour
    /// Single points that differ.
    var pointColours: [Int: DeckColour] = [:]
    /// Bars that only lift others up, as in a waterfall.
    var isInvisible = false
    var hasLabels = false
    /// Columns: drawn as a line over them.
    var isLine = false
    var isDashed = false
    var hasMarkers = false
    /// Of the numbers in the bars of a stack: `nil` for the text's.
    var labelColour: DeckColour? = nil
    /// A scatter's points are joined.
    var isJoined = false
    var width = 2.25
  }
  struct Axis: Sendable, Equatable {
    var title: String? = nil
    var format = "General"
    var minimum: Double? = nil
    var maximum: Double? = nil
    var step: Double? = nil
    var isHidden = false
    /// The line stays, the names go: they stand in a table beside.
    var hasNames = true
    var hasGrid = false
  }
  var kind: Kind
  var isStacked = false
  /// What the categories are, for the book's heading.
  var categoryTitle: String
  /// For a scatter: names of the points of the first series, which the book lists.
  var categories: [String]
  var series: [Series]
  /// Of the numbers in labels.
  var labelFormat = "General"
  var valueAxis = Axis()
  var categoryAxis = Axis()
  /// For a scatter the axis to the right is `categoryAxis`.
  var hasLegend = false
  /// The plot fills its frame to the borders, so that rows of a table beside it stay in line.
  var fillsFrame = false
  /// Lying bars begin at the top.
  var startsAtTop = true
  var gap = 60
  var textSize = 12.0
}
