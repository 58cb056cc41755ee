# More answers of R's survey package on kto.csv: clusters, panels, raked designs, multiple response,
# independence, totals, overlapping groups. Debian: r-base-core, r-cran-survey, r-cran-jsonlite.
# Rscript more.R FOLDER   (holds kto.csv; gets kto_more.json)
suppressMessages({library(survey); library(jsonlite)})
options(survey.lonely.psu = "fail", warn = -1, digits = 17)
folder <- commandArgs(TRUE)[1]
k <- read.csv(file.path(folder, "kto.csv"), stringsAsFactors = FALSE, na.strings = c("", "NA"))
k$nps <- ifelse(is.na(k$overall), NA, 100 * ((k$overall >= 9) - (k$overall <= 6)))
k$area <- k$id %% 97; k$person <- k$id %% 1400; k$one <- 1
k$wave_cell <- paste(k$wave, k$cell)
channels <- grep("^channel_", names(k), value = TRUE); k$mentions <- rowSums(k[, channels])
aspects <- grep("^(info|contact|apply|time|staff)_", names(k), value = TRUE)
yes_no <- c("visited_website", "had_contact", "in_time", "complaint", "easy_form", "legal_help")
items <- c(aspects, "overall", yes_no, "nps"); waves <- sort(unique(k$wave)); groups <- sort(unique(k$group))
num <- function(x) as.numeric(x); f <- function(i) as.formula(paste0("~", i))
bind <- function(rows) do.call(rbind, rows)

share <- c(asylum = .12, regsoc_applicant = .1775, regsoc_sponsor = .1775, regeco_applicant = .284,
           regeco_sponsor = .071, naturalisation = .17)
target <- list(gender = c(m = .48, f = .50, x = .02), role = c(applicant = .7, sponsor = .3))
population <- function(name, n) setNames(data.frame(names(target[[name]]), n * target[[name]]), c(name, "Freq"))
D <- list(
  clustered = svydesign(ids = ~area, strata = ~wave, weights = ~wx, data = k, nest = TRUE),
  panel = svydesign(ids = ~person, weights = ~wx, data = k),
  cells = svydesign(ids = ~1, strata = ~wave_cell, weights = ~wx, data = k))
n <- nrow(k)
D$raked <- suppressWarnings(rake(svydesign(ids = ~1, weights = ~one, data = k), list(~gender, ~role),
  list(population("gender", n), population("role", n)), control = list(maxit = 5000, epsilon = 1e-16)))
D$raked_clusters <- suppressWarnings(rake(svydesign(ids = ~area, strata = ~wave, weights = ~one, data = k, nest = TRUE),
  list(~gender, ~role), list(population("gender", n), population("role", n)), control = list(maxit = 5000, epsilon = 1e-16)))
D$greg <- calibrate(svydesign(ids = ~1, weights = ~wx, data = k), ~gender + role,
  c(`(Intercept)` = n, genderm = n * .48, genderx = n * .02, rolesponsor = n * .3))

o <- list(meta = list(R = R.version.string, survey = as.character(packageVersion("survey")), made_by = "more.R"))
o$weights <- lapply(D[c("raked", "raked_clusters", "greg")], function(d) num(weights(d)))
rows <- list(); tests <- list(); between <- list()
for (dn in names(D)) for (i in items) {
  s <- svyby(f(i), ~wave + group, D[[dn]], svymean, na.rm = TRUE)
  t <- svyby(f(i), ~wave, D[[dn]], svymean, na.rm = TRUE)
  rows[[length(rows) + 1]] <- data.frame(design = dn, item = i, wave = c(s$wave, t$wave), key = c(s$group, rep("total", 3)),
    mean = c(num(s[[i]]), num(t[[i]])), se = c(num(s$se), num(t$se)))
  for (g in groups) {
    a <- svyttest(as.formula(sprintf("%s~I(group=='%s')", i, g)), subset(D[[dn]], wave == 2025))
    b <- svyttest(as.formula(sprintf("%s~I(wave==2025)", i)), subset(D[[dn]], wave != 2021 & group == g))
    for (x in list(list("rest", a), list("wave", b))) tests[[length(tests) + 1]] <- data.frame(design = dn, item = i, key = g,
      kind = x[[1]], diff = num(x[[2]]$estimate), t = num(x[[2]]$statistic), df = num(x[[2]]$parameter), p = num(x[[2]]$p.value))
  }
}
o$means <- bind(rows); o$tests <- bind(tests); o$degf <- lapply(D, degf)

rows <- list()   # multiple response: share of respondents and of mentions
for (dn in c("clustered", "cells")) for (wv in waves) for (g in c("total", groups)) {
  d <- subset(D[[dn]], wave == wv & !is.na(mentions)); if (g != "total") d <- subset(d, group == g)
  for (c in channels) { m <- svymean(f(c), d); r <- svyratio(f(c), ~mentions, d)
    rows[[length(rows) + 1]] <- data.frame(design = dn, wave = wv, key = g, option = c, base = nrow(d), mean = num(coef(m)), se = num(SE(m)),
      ratio = num(coef(r)), ratio_se = num(SE(r)), total = num(coef(svytotal(f(c), d))), total_se = num(SE(svytotal(f(c), d)))) } }
o$multiple <- bind(rows)

rows <- list()   # independence; this version of svychisq counts all rows of a raked design, also outside the domain
for (dn in c("clustered", "panel", "cells")) for (i in yes_no) for (by in c("group", "gender", "role")) {
  d <- eval(bquote(subset(D[[dn]], wave == 2025 & !is.na(.(as.name(i))))))
  for (s in c("F", "Chisq", "Wald", "adjWald")) { t <- suppressWarnings(svychisq(as.formula(sprintf("~%s+%s", i, by)), d, statistic = s))
    rows[[length(rows) + 1]] <- data.frame(design = dn, item = i, by = by, statistic = s, value = num(t$statistic),
      df = num(t$parameter)[1], ddf = num(t$parameter)[2], p = num(t$p.value)) } }
o$independence <- bind(rows)

rows <- list()   # overlapping groups: the file twice, a respondent is one cluster
two <- rbind(cbind(k, side = 1), cbind(k, side = 2))
two$inside <- with(two, ifelse(side == 1, role == "applicant", gender == "f"))
d <- subset(svydesign(ids = ~id, weights = ~wx, data = two), inside & wave == 2025)
for (i in items) { t <- svyttest(as.formula(paste0(i, "~I(side==1)")), d)
  rows[[length(rows) + 1]] <- data.frame(item = i, diff = num(t$estimate), t = num(t$statistic)) }
o$overlap <- bind(rows)

rows <- list()   # two items on the same respondents, an index, and medians
for (dn in names(D)) for (j in 2:25) { a <- aspects[j - 1]; b <- aspects[j]
  d <- eval(bquote(subset(D[[dn]], wave == 2025 & !is.na(.(as.name(a))) & !is.na(.(as.name(b))))))
  m <- svymean(as.formula(paste0("~", a, "+", b)), d, na.rm = TRUE); v <- vcov(m); x <- svycontrast(m, c(1, -1)); y <- svycontrast(m, c(.3, .7))
  rows[[length(rows) + 1]] <- data.frame(design = dn, first = a, second = b, covariance = v[1, 2], diff = num(coef(x)), diff_se = num(SE(x)),
    index = num(coef(y)), index_se = num(SE(y))) }
o$pairs <- bind(rows)
writeLines(toJSON(o, digits = I(17), auto_unbox = TRUE, na = "null", dataframe = "columns"), file.path(folder, "kto_more.json"))
