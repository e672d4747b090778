#ifndef EBB_CBOOSTMATH_H
#define EBB_CBOOSTMATH_H

#ifdef __cplusplus
extern "C" {
#endif

/// P(Z <= z) for a standard normal Z.
double ebb_normal_cdf(double z);

#ifdef __cplusplus
}
#endif
#endif
