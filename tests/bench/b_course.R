# Reliable change and control charts of scored sessions in base R: b_course.R SCORES SUMMARY. A function for each client, as
# packages for one client at a time are used.
args <- commandArgs(trailingOnly = TRUE)
d <- read.csv(args[1])
d <- d[order(d$respondent, d$session), ]
one <- function(y) {
  index <- (y[length(y)] - y[1]) / (sqrt(2) * 0.8 * sqrt(1 - 0.90))
  baseline <- y[1:5]
  lower <- mean(baseline) - 3 * mean(abs(diff(baseline))) / 1.128
  word <- if (index > 1.959963984540054) "improved" else if (index < -1.959963984540054) "deteriorated" else "unchanged"
  data.frame(change_reliable_index = index, change_reliable = word, episodes_chart = sum(y < lower - 1e-9))
}
found <- lapply(split(d$score, d$respondent), one)
summary <- cbind(respondent = names(found), do.call(rbind, found))
write.csv(summary, args[2], row.names = FALSE)
