#include "CBoostMath.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/non_central_chi_squared.hpp>
#include <boost/math/distributions/non_central_f.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

namespace {

namespace bm = boost::math;
namespace bp = boost::math::policies;

/// Errors come back as NaN or infinity; nothing is thrown on the usual paths.
using Quiet = bp::policy<
    bp::domain_error<bp::ignore_error>, bp::pole_error<bp::ignore_error>,
    bp::overflow_error<bp::ignore_error>, bp::underflow_error<bp::ignore_error>,
    bp::denorm_error<bp::ignore_error>, bp::evaluation_error<bp::ignore_error>,
    bp::rounding_error<bp::ignore_error>, bp::indeterminate_result_error<bp::ignore_error>>;

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
/// Below this a probability is taken from its logarithm.
constexpr double deep = 1e-290;

template <typename Body> double guarded(Body body) noexcept {
  try {
    return body();
  } catch (...) {
    return undefined;
  }
}

bool positive(double x) { return x > 0 && std::isfinite(x); }

/// ln Q(a, x) for x far above a, by the continued fraction of the upper incomplete gamma (modified Lentz).
double log_gamma_q(double a, double x) {
  const double tiny = 1e-300;
  double b = x + 1 - a, c = 1 / tiny, d = 1 / b, h = d;
  for (int i = 1; i < 100000; ++i) {
    const double an = -i * (i - a);
    b += 2;
    d = an * d + b;
    if (std::fabs(d) < tiny) d = tiny;
    c = b + an / c;
    if (std::fabs(c) < tiny) c = tiny;
    d = 1 / d;
    const double step = d * c;
    h *= step;
    if (std::fabs(step - 1) < 1e-15) break;
  }
  return a * std::log(x) - x - bm::lgamma(a, Quiet()) + std::log(h);
}

/// ln B(a, b).
double log_beta(double a, double b) {
  const double small = std::fmin(a, b), large = std::fmax(a, b);
  const double ratio = bm::tgamma_delta_ratio(large, small, Quiet());
  if (ratio > 0 && std::isfinite(ratio)) return bm::lgamma(small, Quiet()) + std::log(ratio);
  return bm::lgamma(a, Quiet()) + bm::lgamma(b, Quiet()) - bm::lgamma(a + b, Quiet());
}

/// ln I_x(a, b) for x below the mean, by the continued fraction of the incomplete beta (modified Lentz).
double log_beta_lower(double a, double b, double x, double log_x, double log_1mx) {
  const double tiny = 1e-300;
  double c = 1, d = 1 - (a + b) * x / (a + 1);
  if (std::fabs(d) < tiny) d = tiny;
  d = 1 / d;
  double h = d;
  for (int m = 1; m < 100000; ++m) {
    const double m2 = 2.0 * m;
    double an = m * (b - m) * x / ((a - 1 + m2) * (a + m2));
    d = 1 + an * d;
    if (std::fabs(d) < tiny) d = tiny;
    c = 1 + an / c;
    if (std::fabs(c) < tiny) c = tiny;
    d = 1 / d;
    h *= d * c;
    an = -(a + m) * (a + b + m) * x / ((a + m2) * (a + 1 + m2));
    d = 1 + an * d;
    if (std::fabs(d) < tiny) d = tiny;
    c = 1 + an / c;
    if (std::fabs(c) < tiny) c = tiny;
    d = 1 / d;
    const double step = d * c;
    h *= step;
    if (std::fabs(step - 1) < 1e-15) break;
  }
  return a * log_x + b * log_1mx - log_beta(a, b) - std::log(a) + std::log(h);
}

}  // namespace

double ebb_normal_cdf(double z) {
  if (std::isnan(z)) return undefined;
  if (std::isinf(z)) return z > 0 ? 1 : 0;
  return std::erfc(-z / std::sqrt(2.0)) / 2;
}

double ebb_normal_quantile(double p) {
  if (!(p > 0 && p < 1)) return undefined;
  return guarded([&] { return bm::quantile(bm::normal_distribution<double, Quiet>(), p); });
}

double ebb_normal_log_upper(double z) {
  if (!std::isfinite(z)) return undefined;
  if (z < -5) return std::log1p(-ebb_normal_cdf(z));
  if (z < 30) return std::log(ebb_normal_cdf(-z));
  const double y = 1 / (z * z);
  const double series = y * (-1 + y * (3 + y * (-15 + y * (105 + y * (-945 + y * 10395)))));
  return -z * z / 2 - std::log(z) - 0.918938533204672741780329736406 + std::log1p(series);
}

double ebb_t_upper(double t, double df) {
  if (!positive(df) || !std::isfinite(t)) return undefined;
  return guarded([&] {
    const bm::students_t_distribution<double, Quiet> d(df);
    return bm::cdf(bm::complement(d, t));
  });
}

double ebb_t_log_upper(double t, double df) {
  const double p = ebb_t_upper(t, df);
  if (std::isnan(p)) return undefined;
  if (p > 0.75) return std::log1p(-ebb_t_upper(-t, df));
  if (p > deep) return std::log(p);
  return guarded([&] {
    const double ratio = t / df * t;
    const double x = 1 / (1 + ratio);
    return log_beta_lower(df / 2, 0.5, x, -std::log1p(ratio), -std::log1p(1 / ratio)) - std::log(2.0);
  });
}

double ebb_t_quantile(double p, double df) {
  if (!(p > 0 && p < 1) || !positive(df)) return undefined;
  return guarded([&] {
    const bm::students_t_distribution<double, Quiet> d(df);
    return bm::quantile(d, p);
  });
}

double ebb_f_upper(double f, double d1, double d2) {
  if (!positive(d1) || !positive(d2) || !(f >= 0) || !std::isfinite(f)) return undefined;
  return guarded([&] {
    const bm::fisher_f_distribution<double, Quiet> d(d1, d2);
    return bm::cdf(bm::complement(d, f));
  });
}

double ebb_f_log_upper(double f, double d1, double d2) {
  const double p = ebb_f_upper(f, d1, d2);
  if (std::isnan(p)) return undefined;
  if (p > deep) return std::log(p);
  return guarded([&] {
    const double ratio = d1 / d2 * f;
    const double x = 1 / (1 + ratio);
    return log_beta_lower(d2 / 2, d1 / 2, x, -std::log1p(ratio), -std::log1p(1 / ratio));
  });
}

double ebb_chi2_upper(double x, double df) {
  if (!positive(df) || !(x >= 0) || !std::isfinite(x)) return undefined;
  return guarded([&] { return bm::gamma_q(df / 2, x / 2, Quiet()); });
}

double ebb_chi2_log_upper(double x, double df) {
  const double p = ebb_chi2_upper(x, df);
  if (std::isnan(p)) return undefined;
  if (p > deep) return std::log(p);
  return guarded([&] { return log_gamma_q(df / 2, x / 2); });
}

double ebb_nct_lower(double t, double df, double delta) {
  if (!positive(df) || !std::isfinite(t) || !std::isfinite(delta)) return undefined;
  return guarded([&] {
    const bm::non_central_t_distribution<double, Quiet> d(df, delta);
    return bm::cdf(d, t);
  });
}

double ebb_nct_upper(double t, double df, double delta) {
  if (!positive(df) || !std::isfinite(t) || !std::isfinite(delta)) return undefined;
  return guarded([&] {
    const bm::non_central_t_distribution<double, Quiet> d(df, delta);
    return bm::cdf(bm::complement(d, t));
  });
}

double ebb_ncf_lower(double f, double d1, double d2, double lambda) {
  if (!positive(d1) || !positive(d2) || !(f >= 0) || !std::isfinite(f) || !(lambda >= 0)) return undefined;
  if (lambda == 0) return guarded([&] {
    const bm::fisher_f_distribution<double, Quiet> d(d1, d2);
    return bm::cdf(d, f);
  });
  return guarded([&] {
    const bm::non_central_f_distribution<double, Quiet> d(d1, d2, lambda);
    return bm::cdf(d, f);
  });
}

double ebb_ncf_upper(double f, double d1, double d2, double lambda) {
  if (!positive(d1) || !positive(d2) || !(f >= 0) || !std::isfinite(f) || !(lambda >= 0)) return undefined;
  if (lambda == 0) return ebb_f_upper(f, d1, d2);
  return guarded([&] {
    const bm::non_central_f_distribution<double, Quiet> d(d1, d2, lambda);
    return bm::cdf(bm::complement(d, f));
  });
}

double ebb_ncx2_lower(double x, double df, double lambda) {
  if (!positive(df) || !(x >= 0) || !std::isfinite(x) || !(lambda >= 0)) return undefined;
  if (lambda == 0) return guarded([&] { return bm::gamma_p(df / 2, x / 2, Quiet()); });
  return guarded([&] {
    const bm::non_central_chi_squared_distribution<double, Quiet> d(df, lambda);
    return bm::cdf(d, x);
  });
}

double ebb_ncx2_upper(double x, double df, double lambda) {
  if (!positive(df) || !(x >= 0) || !std::isfinite(x) || !(lambda >= 0)) return undefined;
  if (lambda == 0) return ebb_chi2_upper(x, df);
  return guarded([&] {
    const bm::non_central_chi_squared_distribution<double, Quiet> d(df, lambda);
    return bm::cdf(bm::complement(d, x));
  });
}

double ebb_log_gamma(double x) {
  if (!positive(x)) return undefined;
  return guarded([&] { return bm::lgamma(x, Quiet()); });
}

double ebb_gamma_delta_ratio(double a, double delta) {
  if (!positive(a) || !std::isfinite(delta)) return undefined;
  return guarded([&] { return bm::tgamma_delta_ratio(a, delta, Quiet()); });
}
