/// The part of WhyLabs's API that whylogs clients upload by, at its paths: an unmodified client
/// needs `WHYLABS_API_ENDPOINT` and a token as its key.
package dev.sightline.api.whylabs;
