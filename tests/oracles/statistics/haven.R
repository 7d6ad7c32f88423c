# Reads and writes files of SPSS and Stata with haven, which builds on the C library ReadStat.
#
#   Rscript haven.R write FOLDER     writes the respondents of files.py in many ways
#   Rscript haven.R read FILE...     prints the cells of each file, tab by tab, with the labels of the variables
suppressMessages(library(haven))

words <- c(never = 0, rarely = 1, sometimes = 2, often = 3, always = 4)
answers <- list(
  c(0, 1, 2, 3, 4), c(4, 3, 2, 1, 0), c(1, 1, 1, 1, 1), c(0, NA, 2, 98, 4),
  c(3, 3, 99, 3, 3), c(2, 2, 2, 2, NA), rep(NA, 5), c(99, 98, NA, 1, 0))

write <- function(folder) {
  items <- do.call(rbind, answers)
  frame <- data.frame(id = sprintf("%03d", 7:14))
  spss <- stata <- factors <- frame
  for (at in 1:5) {
    name <- paste0("q", at)
    values <- as.double(items[, at])
    more <- c(words, "do not know" = 98, refused = 99)
    spss[[name]] <- labelled_spss(values, labels = more, na_range = c(98, 99), label = paste("Statement", at))
    letters <- ifelse(values %in% 98, tagged_na("a"), ifelse(values %in% 99, tagged_na("b"), values))
    stata[[name]] <- labelled(letters, labels = c(words, "do not know" = tagged_na("a"), refused = tagged_na("b")))
    # R stores a factor as the positions of its levels, from 1
    factors[[name]] <- factor(ifelse(values < 98, names(words)[values + 1], NA), levels = names(words))
  }
  for (frame in c("spss", "stata", "factors")) assign(frame, transform(get(frame), day = as.Date("2026-01-02") + 0:7))
  write_sav(spss, file.path(folder, "haven-byte.sav"), compress = "byte")
  write_sav(spss, file.path(folder, "haven-none.sav"), compress = "none")
  write_sav(spss, file.path(folder, "haven.zsav"), compress = "zsav")
  write_sav(factors, file.path(folder, "haven-factor.sav"))
  for (version in 8:15) write_dta(stata, file.path(folder, sprintf("haven-%d.dta", version)), version = version)
  write_dta(factors, file.path(folder, "haven-factor.dta"))
}

read <- function(name) {
  frame <- if (grepl("dta$", name)) read_dta(name) else read_sav(name, user_na = TRUE)
  label <- function(column) { found <- attr(column, "label", exact = TRUE); if (is.null(found)) "" else found }
  cat(names(frame), sep = "\t"); cat("\n")
  cat(vapply(frame, label, ""), sep = "\t"); cat("\n")
  shown <- function(column) {
    value <- if (is.labelled(column)) as.character(as_factor(column)) else if (is.character(column)) column else format(column, trim = TRUE, digits = 15)
    ifelse(is.na(column), "", value)
  }
  write.table(as.data.frame(lapply(frame, shown)), sep = "\t", quote = FALSE, row.names = FALSE, col.names = FALSE)
}

arguments <- commandArgs(TRUE)
if (length(arguments) < 2) quit(status = 2)
if (arguments[1] == "write") write(arguments[2]) else for (name in arguments[-1]) read(name)
