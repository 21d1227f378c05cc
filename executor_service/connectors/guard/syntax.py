"""The parts of speech of SQL that a question may be made of. What is not named here is refused."""

from __future__ import annotations

from sqlglot import exp

_STRUCTURE = (
    exp.Select, exp.Union, exp.Except, exp.Intersect, exp.Subquery, exp.With, exp.CTE, exp.From, exp.Join, exp.Where,
    exp.Group, exp.Having, exp.Order, exp.Ordered, exp.Limit, exp.Offset, exp.Distinct, exp.Column, exp.Identifier,
    exp.Table, exp.TableAlias, exp.Alias, exp.Star, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.Tuple, exp.Case,
    exp.If, exp.Interval, exp.Var, exp.DataType, exp.DataTypeParam, exp.Window, exp.WindowSpec, exp.Exists,
)  # fmt: skip
_OPERATORS = (
    exp.And, exp.Or, exp.Xor, exp.Not, exp.Neg, exp.EQ, exp.NEQ, exp.NullSafeEQ, exp.NullSafeNEQ, exp.GT, exp.GTE,
    exp.LT, exp.LTE, exp.Is, exp.In, exp.Between, exp.Like, exp.Escape, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv,
    exp.Mod,
)  # fmt: skip
_AGGREGATES = (
    exp.Count, exp.Sum, exp.Avg, exp.Min, exp.Max, exp.GroupConcat, exp.Stddev, exp.StddevPop, exp.StddevSamp,
    exp.Variance, exp.VariancePop, exp.RowNumber, exp.Rank, exp.DenseRank, exp.PercentRank, exp.Ntile, exp.Lag,
    exp.Lead, exp.FirstValue, exp.LastValue,
)  # fmt: skip
_VALUES = (
    exp.Abs, exp.Round, exp.Ceil, exp.Floor, exp.Trunc, exp.Sign, exp.Sqrt, exp.Coalesce, exp.Nullif, exp.Greatest,
    exp.Least, exp.Cast, exp.Concat, exp.ConcatWs, exp.Upper, exp.Lower, exp.Trim, exp.Substring, exp.SubstringIndex,
    exp.Left, exp.Right, exp.Length, exp.Replace, exp.Reverse, exp.StrPosition,
)  # fmt: skip
_DATES = (
    exp.Date, exp.Year, exp.Month, exp.Day, exp.Quarter, exp.Week, exp.WeekOfYear, exp.DayOfWeek, exp.DayOfMonth,
    exp.DayOfYear, exp.Hour, exp.Minute, exp.Extract, exp.DateAdd, exp.DateSub, exp.DateDiff, exp.TimestampDiff,
    exp.TimestampAdd, exp.DateTrunc, exp.LastDay, exp.CurrentDate, exp.CurrentTimestamp, exp.TimeToStr, exp.StrToDate,
    exp.TsOrDsToDate, exp.TsOrDsToTimestamp, exp.TsOrDsAdd, exp.TsOrDsDiff, exp.MonthsBetween, exp.NumberToStr,
    exp.Dayname,
)  # fmt: skip
ALLOWED: frozenset[type[exp.Expr]] = frozenset((*_STRUCTURE, *_OPERATORS, *_AGGREGATES, *_VALUES, *_DATES))
ALLOWED_NAMES = frozenset(
    {"now", "yearweek", "mid", "adddate", "subdate", "period_diff", "period_add", "to_days", "weekday", "field"}
)
"""Functions that the parser knows by no type of their own, in small letters."""
SECRET_WORDS = ("password", "passwd", "secret", "token", "api_key", "apikey", "private_key", "otp", "hash")
"""What makes a column one that nobody may ask for, wherever it stands in its name."""
