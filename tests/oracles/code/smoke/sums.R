score_small_sums <- function(data) {
  total <- data[["a"]] + data[["b"]]
  data[["total"]] <- total
  data[["total_answered"]] <- (!is.na(data[["a"]])) + (!is.na(data[["b"]]))
  data[["total_prorated"]] <- ifelse(is.na(total), NA, FALSE)
  data[["total_band"]] <- ifelse(total >= 4, "high", "low, \"m\u00e4\u00dfig\"")
  data[["third"]] <- total * data[["weight"]] / 3
  data[["high"]] <- total >= 4
  data[["group"]] <- ifelse(total >= 4, "many", "few")
  data[["invalid_answers"]] <- rep(0L, nrow(data))
  data
}
test_small_sums <- function() {
  stopifnot(score_small_sums(data.frame(a = 1, b = 2, weight = 1))[["total"]] == 3)
}
