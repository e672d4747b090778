import EbbStatistics
import Testing

struct InformationBandTests {
  @Test(
    arguments: [
      (-0.1, .unpredictive), (0.0199, .unpredictive), (0.02, .weak), (0.1, .medium), (0.2999, .medium),
      (0.3, .strong),
      (0.5, .suspicious), (2, .suspicious),
    ] as [(Double, InformationBand)])
  func bordersBelongToTheHigherBand(iv: Double, band: InformationBand) {
    #expect(InformationBand(iv) == band)
  }
}
