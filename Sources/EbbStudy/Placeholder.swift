package enum StudyPlaceholder {}
