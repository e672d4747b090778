#ifndef EBB_WEB_ASSETS_H
#define EBB_WEB_ASSETS_H

#include <stddef.h>
#include <stdint.h>

/// A file that was put into the program when it was built.
typedef struct {
  const uint8_t *_Nullable bytes;
  size_t count;
} EbbWebAsset;

typedef enum {
  /// Vega, Vega-Lite and vega-embed; empty where `make deps` could not fetch them.
  EbbWebAssetVega,
  EbbWebAssetMarkup,
  EbbWebAssetStyle,
  EbbWebAssetScript,
} EbbWebAssetName;

EbbWebAsset ebb_web_asset(EbbWebAssetName name);

/// SHA-256 of `count` bytes, 32 bytes into `digest`.
void ebb_sha256(const uint8_t *_Nonnull bytes, size_t count, uint8_t *_Nonnull digest);

/// Room enough for `count` bytes deflated.
size_t ebb_deflate_bound(size_t count);

/// Deflates `count` bytes as zlib does (RFC 1950) into `out`, which has room for `room`; how many bytes that made, 0 where
/// it failed.
size_t ebb_deflate(const uint8_t *_Nonnull bytes, size_t count, uint8_t *_Nonnull out, size_t room);

#endif
