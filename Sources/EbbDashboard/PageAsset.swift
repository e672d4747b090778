import CWebAssets
import Foundation

/// A file that the page is made of, and the hash by which its security policy knows it.
struct PageAsset {
  let text: String

  static let markup = PageAsset(EbbWebAssetMarkup)
  static let style = PageAsset(EbbWebAssetStyle)
  static let script = PageAsset(EbbWebAssetScript)
  /// Vega, Vega-Lite and vega-embed; `nil` where they could not be fetched when Ebb was built.
  static let drawing: PageAsset? = {
    let asset = PageAsset(EbbWebAssetVega)
    return asset.text.isEmpty ? nil : asset
  }()

  private init(_ name: EbbWebAssetName) {
    let asset = unsafe ebb_web_asset(name)
    guard let bytes = unsafe asset.bytes else {
      text = ""
      return
    }
    text = unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: asset.count), as: UTF8.self)
  }

  init(text: String) { self.text = text }

  /// Deflated as zlib does, in base64: how the page carries what is long.
  var packed: String {
    let bytes = Array(text.utf8)
    var out = [UInt8](repeating: 0, count: ebb_deflate_bound(bytes.count))
    var length = 0
    unsafe bytes.withUnsafeBufferPointer { source in
      unsafe out.withUnsafeMutableBufferPointer { target in
        if let from = source.baseAddress, let to = target.baseAddress {
          length = unsafe ebb_deflate(from, source.count, to, target.count)
        }
      }
    }
    return Data(out.prefix(length)).base64EncodedString()
  }

  /// `'sha256-…'` of the text, as a policy names a script or a style.
  var hash: String {
    var digest = [UInt8](repeating: 0, count: 32)
    let bytes = Array(text.utf8)
    unsafe bytes.withUnsafeBufferPointer { source in
      unsafe digest.withUnsafeMutableBufferPointer { target in
        if let from = source.baseAddress, let to = target.baseAddress {
          unsafe ebb_sha256(from, source.count, to)
        }
      }
    }
    return "'sha256-\(Data(digest).base64EncodedString())'"
  }
}
