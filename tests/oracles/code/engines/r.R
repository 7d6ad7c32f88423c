# Runs emitted R files: r.R JOBS.csv. Writes the scores of each job, or the message of its error.
jobs <- read.csv(commandArgs(trailingOnly = TRUE)[1], colClasses = "character", encoding = "UTF-8")

cells <- function(values) {
  text <- if (is.logical(values)) tolower(as.character(values))
    else if (is.numeric(values)) sprintf("%.17g", values)
    else paste0('"', gsub('"', '""', as.character(values), fixed = TRUE), '"')
  ifelse(is.na(values) & !is.nan(values), "", text)
}

run <- function(job) {
  answers <- read.csv(job$answers, check.names = FALSE, na.strings = "", encoding = "UTF-8",
    colClasses = c(respondent = "character"))
  from <- strsplit(job$from, "\t", fixed = TRUE)[[1]]
  to <- strsplit(job$to, "\t", fixed = TRUE)[[1]]
  found <- match(names(answers), from)
  names(answers)[!is.na(found)] <- to[found[!is.na(found)]]
  # Each file has its own environment, so that it finds no name of another.
  own <- new.env(parent = globalenv())
  sys.source(job$code, envir = own, keep.source = FALSE)
  if (!is.function(own[[job$name]])) stop("the file defines no function `", job$name, "`")
  if (job$test != "") own[[job$test]]()
  scored <- own[[job$name]](answers)
  ours <- c("respondent", setdiff(names(scored), names(answers)))
  lines <- do.call(paste, c(lapply(ours, function(name) cells(scored[[name]])), sep = ","))
  header <- paste0('"', gsub('"', '""', ours, fixed = TRUE), '"', collapse = ",")
  writeLines(enc2utf8(c(header, lines)), job$result, useBytes = TRUE)
}

for (at in seq_len(nrow(jobs))) {
  job <- as.list(jobs[at, ])
  tryCatch(run(job), error = function(e) writeLines(enc2utf8(conditionMessage(e)), job$error, useBytes = TRUE))
}
