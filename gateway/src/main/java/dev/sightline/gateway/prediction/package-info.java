/// What becomes of copies: predictions read from them, and the calls to shadows.
package dev.sightline.gateway.prediction;
