"""Why a number moved: its change split into volume, mix and rate."""
