# The beginning of a script that computes expressions for data frames of answers. A warning is an error.
options(warn = 2)

# A value as text that keeps it exactly: a number with 17 digits, the code points of a text.
exact <- function(value) {
  if (is.na(value)) "null"
  else if (is.character(value)) paste0("[", paste(utf8ToInt(enc2utf8(value)), collapse = ","), "]")
  else sprintf("%.17g", as.numeric(value))
}

# Prints the values of an expression, one for each row, as a list in JSON.
show <- function(values, rows) {
  if (length(values) != rows) stop("the expression has ", length(values), " values for ", rows, " rows")
  cat("[", paste(vapply(values, exact, ""), collapse = ","), "]\n", sep = "")
}
