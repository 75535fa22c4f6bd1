"""Uploads with an unmodified whylogs client: a profile, a classifier's, segments, a reference, a transaction."""
import datetime
import sys

import pandas as pd
import whylogs as why
from whylogs.api.writer.whylabs import WhyLabsWriter
from whylogs.core import DatasetSchema
from whylogs.core.feature_weights import FeatureWeights
from whylogs.core.segmentation_partition import segment_on_column

at = datetime.datetime.fromtimestamp(int(sys.argv[1]) / 1000, tz=datetime.timezone.utc)
rows = pd.DataFrame(
    {"age": [20.5, 30.5, 40.5, 50.5], "count": [1, 2, 2, 3], "country": ["ES", "ES", "PT", None]}
)


def check(what, answer):
    ok = answer[0] if isinstance(answer, tuple) else all(one[0] for one in answer)
    print(what, "ok" if ok else "FAILED", answer, flush=True)
    if not ok:
        sys.exit(1)


def profile(frame, **options):
    results = why.log(frame, **options)
    results.set_dataset_timestamp(at)
    return results


check("plain", WhyLabsWriter(dataset_id="plain").write(profile(rows)))

scored = pd.DataFrame(
    {"truth": [0, 1, 1, 0, 1], "answer": [0, 1, 0, 0, 1], "score": [0.9, 0.8, 0.6, 0.7, 0.95]}
)
classified = why.log_classification_metrics(
    scored, target_column="truth", prediction_column="answer", score_column="score", log_full_data=True,
    dataset_timestamp=at,
)
check("classifier", WhyLabsWriter(dataset_id="classifier").write(classified))

schema = DatasetSchema(segments=segment_on_column("country"))
parts = profile(rows.dropna(), schema=schema)
check("segments", WhyLabsWriter(dataset_id="segments").write(parts))
check("zip", WhyLabsWriter(dataset_id="zipped").write(profile(rows.dropna(), schema=schema), zip=True))

reference = WhyLabsWriter(dataset_id="plain").option(reference_profile_name="last-year")
check("reference", reference.write(profile(rows)))

writer = WhyLabsWriter(dataset_id="together")
transaction = writer.start_transaction()
check("first of two", writer.write(profile(rows)))
check("second of two", writer.write(profile(rows)))
writer.commit_transaction()
print("committed", transaction, flush=True)

weights = FeatureWeights({"age": 0.75, "country": 0.25})
writer = WhyLabsWriter(dataset_id="plain")
check("weights", writer.write_feature_weights(weights))
print("weights read", writer.get_feature_weights().weights, flush=True)
check("tagged", writer.tag_output_columns(["answer"]))
