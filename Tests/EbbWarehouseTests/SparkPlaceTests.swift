import Testing

@testable import EbbWarehouse

@Suite struct SparkPlaceTests {
  @Test(arguments: [
    ("clients", ["clients"]), ("bank.clients", ["bank", "clients"]), ("`a.b`.c", ["a.b", "c"]),
    ("`say ``x```.\"t.u\"", ["say `x`", "t.u"]), ("`; drop table x; --`", ["; drop table x; --"]),
    ("`/not/a/path`", ["/not/a/path"]), ("parquet.clients", ["parquet", "clients"]),
  ])
  func tables(_ name: String, _ parts: [String]) { #expect(SparkPlace(name) == .table(parts)) }

  @Test(arguments: [
    ("/lake/clients.parquet", "/lake/clients.parquet", "parquet"), ("./a.csv.gz", "./a.csv.gz", "csv"),
    ("s3a://lake/CLIENTS.ORC/", "s3a://lake/CLIENTS.ORC/", "orc"), ("/lake/clients", "/lake/clients", nil),
    ("delta.`/lake/clients`", "/lake/clients", "delta"), ("Parquet./lake/x.csv", "/lake/x.csv", "parquet"),
    ("/lake/a.tsv", "/lake/a.tsv", "csv"),
  ])
  func files(_ name: String, _ path: String, _ format: String?) {
    #expect(SparkPlace(name) == .files(path: path, format: format))
  }

  @Test func namesStayNames() {
    #expect(SparkPlace.quoted("a`; drop table x; --") == "`a``; drop table x; --`")
  }
}
