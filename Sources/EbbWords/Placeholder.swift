package enum WordsPlaceholder {}
