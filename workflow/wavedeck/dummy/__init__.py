"""Respondents made up from a study's codebook and a plan: `dummy.yaml` in the study's folder."""
