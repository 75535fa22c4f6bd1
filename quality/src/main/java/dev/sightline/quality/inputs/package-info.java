/// What models are given, as numbers for trees to learn from, and what trees say about it.
package dev.sightline.quality.inputs;
