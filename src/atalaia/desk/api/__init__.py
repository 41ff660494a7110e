"""The desk for other machines: `/api/v1`, and the tokens that open it."""
