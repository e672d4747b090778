package enum SegmentsPlaceholder {}
