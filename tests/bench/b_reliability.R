# Item analysis with psych: b_reliability.R ANSWERS RESULT WHICH. The 36 items, reversed where the key says so. WHICH is `complete`
# for complete cases, or `pairwise`, which is the default of psych.
suppressMessages({library(psych); library(data.table)})
args <- commandArgs(trailingOnly = TRUE)
setDTthreads(2)
x <- as.data.frame(fread(args[1]))[paste0("q", 1:36)]
reversed <- c(1, 3, 7, 9, 10, 11, 12, 15, 20, 27, 29, 31, 33, 34)
for (item in reversed) x[[item]] <- 8L - x[[item]]
if (args[3] == "complete") x <- x[complete.cases(x), ]
found <- alpha(x, warnings = FALSE)
cat(sprintf("%.15g %.15g\n", found$total$raw_alpha, found$total$std.alpha), file = args[2])
