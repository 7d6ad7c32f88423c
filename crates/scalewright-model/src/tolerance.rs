//! The tolerance within which two numbers are equal.

/// Two scores that differ by no more than this are equal.
///
/// Scores are sums, means and prorated sums of coded values, so distinct scores of one scale differ by far more.
/// Engines that compute with eight decimals (FHIRPath) can still distinguish them.
pub const TOLERANCE: f64 = 1e-7;
