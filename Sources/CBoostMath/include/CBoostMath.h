#ifndef EBB_CBOOSTMATH_H
#define EBB_CBOOSTMATH_H

// Every function returns NaN where it is undefined; none throws.
// "log" means the natural logarithm; "upper" means P(X > x).

#ifdef __cplusplus
extern "C" {
#endif

// Standard normal.
double ebb_normal_cdf(double z);
double ebb_normal_quantile(double p);
/// ln P(Z > z), good for any z.
double ebb_normal_log_upper(double z);

// Student's t with df > 0 degrees of freedom.
double ebb_t_upper(double t, double df);
double ebb_t_log_upper(double t, double df);
double ebb_t_quantile(double p, double df);

// F with d1 and d2 degrees of freedom.
double ebb_f_upper(double f, double d1, double d2);
double ebb_f_log_upper(double f, double d1, double d2);

// Chi-squared with df degrees of freedom.
double ebb_chi2_upper(double x, double df);
double ebb_chi2_log_upper(double x, double df);

// Noncentral t, F and chi-squared: lower and upper tails.
double ebb_nct_lower(double t, double df, double delta);
double ebb_nct_upper(double t, double df, double delta);
double ebb_ncf_lower(double f, double d1, double d2, double lambda);
double ebb_ncf_upper(double f, double d1, double d2, double lambda);
double ebb_ncx2_lower(double x, double df, double lambda);
double ebb_ncx2_upper(double x, double df, double lambda);

// Gamma function.
double ebb_log_gamma(double x);
/// Γ(a) / Γ(a + delta) without overflow.
double ebb_gamma_delta_ratio(double a, double delta);

#ifdef __cplusplus
}
#endif
#endif
