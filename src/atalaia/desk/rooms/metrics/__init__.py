"""Watch: every metric, its figures, charts and what lies behind them."""
