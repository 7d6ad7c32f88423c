//! How close two numbers must be to count as equal.

/// Two scores closer than this are the same score.
///
/// Scores are sums, means and prorated sums of coded values, so distinct scores of one scale differ
/// by far more; engines that carry eight decimals (FHIRPath) still tell them apart.
pub const TOLERANCE: f64 = 1e-7;
