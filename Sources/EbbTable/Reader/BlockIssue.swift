/// Why a row of a block is rejected: the first column to blame.
struct BlockIssue: Sendable {
  let column: Int
  let reason: RejectedRow.Reason
  let start: Int
  let end: Int
}
