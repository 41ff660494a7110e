"""The engines that answer questions over the facts; only this folder names one."""
