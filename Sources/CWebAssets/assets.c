#include "CWebAssets.h"

#include <openssl/sha.h>
#include <zlib.h>

#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t markup[] = {
#embed "../EbbDashboard/Page/page.html"
};
static const uint8_t style[] = {
#embed "../EbbDashboard/Page/page.css"
};

// One program, in this order.
static const uint8_t script[] = {
#embed "../EbbDashboard/Page/packed.js"
    ,
#embed "../EbbDashboard/Page/format.js"
    ,
#embed "../EbbDashboard/Page/dom.js"
    ,
#embed "../EbbDashboard/Page/cells.js"
    ,
#embed "../EbbDashboard/Page/address.js"
    ,
#embed "../EbbDashboard/Page/charts.js"
    ,
#embed "../EbbDashboard/Page/marks.js"
    ,
#embed "../EbbDashboard/Page/bars.js"
    ,
#embed "../EbbDashboard/Page/twins.js"
    ,
#embed "../EbbDashboard/Page/rules.js"
    ,
#embed "../EbbDashboard/Page/grid.js"
    ,
#embed "../EbbDashboard/Page/live.js"
    ,
#embed "../EbbDashboard/Page/band.js"
    ,
#embed "../EbbDashboard/Page/pair.js"
    ,
#embed "../EbbDashboard/Page/groups.js"
    ,
#embed "../EbbDashboard/Page/simulator.js"
    ,
#embed "../EbbDashboard/Page/plan.js"
    ,
#embed "../EbbDashboard/Page/rooms.js"
    ,
#embed "../EbbDashboard/Page/main.js"
};

#if __has_embed("../../.deps/vega.js")
static const uint8_t vega[] = {
#embed "../../.deps/vega.js"
};
static const size_t vega_count = sizeof vega;
#else
#warning "There is no .deps/vega.js: the dashboard will have tables and no drawings. `make deps` fetches it."
static const uint8_t vega[1] = {0};
static const size_t vega_count = 0;
#endif

EbbWebAsset ebb_web_asset(EbbWebAssetName name) {
  switch (name) {
  case EbbWebAssetVega:
    return (EbbWebAsset){vega, vega_count};
  case EbbWebAssetMarkup:
    return (EbbWebAsset){markup, sizeof markup};
  case EbbWebAssetStyle:
    return (EbbWebAsset){style, sizeof style};
  case EbbWebAssetScript:
    return (EbbWebAsset){script, sizeof script};
  }
  return (EbbWebAsset){NULL, 0};
}

void ebb_sha256(const uint8_t *bytes, size_t count, uint8_t *digest) { SHA256(bytes, count, digest); }

size_t ebb_deflate_bound(size_t count) { return compressBound(count); }

size_t ebb_deflate(const uint8_t *bytes, size_t count, uint8_t *out, size_t room) {
  uLongf length = room;
  return compress2(out, &length, bytes, count, Z_BEST_COMPRESSION) == Z_OK ? length : 0;
}
