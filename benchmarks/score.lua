-- What wrk sends: one row for a model that speaks MLflow's protocol.
wrk.method = "POST"
wrk.path = "/invocations"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"dataframe_split": {"columns": ["text"], "data": [["' .. string.rep("a fine film ", 20) .. '"]]}}'
