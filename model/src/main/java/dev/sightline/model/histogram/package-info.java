/// Native histograms: many buckets in one sample, whose bounds need no list.
package dev.sightline.model.histogram;
