"""Writes wilson.csv and nps.csv: what other people's code says about the same numbers.

Shares: proportion_confint(method="wilson") of statsmodels, which must agree with
binomtest(...).proportion_ci(method="wilson") of scipy.
Scores: mean and variance of +1, 0 and -1 by DescrStatsW of statsmodels, weighted by the numbers of
promoters, passives and detractors after adding 3/4, 3/2 and 3/4 (adjusted Wald: Rocks 2016,
arXiv:1601.07235), and the normal quantile of scipy.
"""
import csv, math, random
import numpy, scipy, statsmodels
from scipy.stats import binomtest, norm
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

random.seed(20261126)
MADE_BY = f"# statsmodels {statsmodels.__version__}, scipy {scipy.__version__}, numpy {numpy.__version__}"

shares = [(0, 1), (1, 1), (0, 10), (10, 10), (1, 10), (5, 10), (8, 39), (22, 39), (81, 263), (15, 148),
          (0, 20), (1, 29), (29, 29), (999999, 1000000)]
for _ in range(40):
    n = random.choice([random.randint(1, 50), random.randint(50, 5000), random.randint(5000, 1000000)])
    shares.append((random.randint(0, n), n))
with open("wilson.csv", "w", newline="") as out:
    out.write(MADE_BY + "\n")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["count", "of", "low", "high"])
    for k, n in shares:
        low, high = proportion_confint(k, n, alpha=0.05, method="wilson")
        other = binomtest(k, n).proportion_ci(confidence_level=0.95, method="wilson")
        assert math.isclose(low, other.low, abs_tol=1e-9) and math.isclose(high, other.high, abs_tol=1e-9)
        table.writerow([k, n, repr(float(low)), repr(float(high))])

scores = [(8, 9, 22), (1, 0, 0), (0, 1, 0), (0, 0, 1), (10, 0, 0), (0, 0, 10), (5, 0, 5), (19, 9, 8)]
for _ in range(40):
    top = random.choice([10, 100, 10000])
    scores.append((random.randint(0, top), random.randint(0, top), random.randint(1, top)))
with open("nps.csv", "w", newline="") as out:
    out.write(MADE_BY + "\n")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["promoters", "passives", "detractors", "score", "low", "high"])
    for p, s, d in scores:
        weighted = DescrStatsW(numpy.array([1.0, 0.0, -1.0]), weights=[p + 0.75, s + 1.5, d + 0.75], ddof=0)
        half = norm.ppf(0.975) * math.sqrt(weighted.var / weighted.sum_weights)
        plain = DescrStatsW(numpy.array([1.0, 0.0, -1.0]), weights=[p, s, d], ddof=0)
        table.writerow([p, s, d, repr(float(100 * plain.mean)),
                        repr(float(max(-100, 100 * (weighted.mean - half)))),
                        repr(float(min(100, 100 * (weighted.mean + half))))])
