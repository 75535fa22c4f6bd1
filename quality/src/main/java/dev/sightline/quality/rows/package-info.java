/// The rows of a model that a question is about, and the one walk over them.
package dev.sightline.quality.rows;
