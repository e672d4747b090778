#include "CBoostMath.h"

#include <boost/math/distributions/normal.hpp>

double ebb_normal_cdf(double z) {
  return boost::math::cdf(boost::math::normal_distribution<double>(), z);
}
