/// Tests of "both windows come from one distribution". On many rows every test finds a difference:
/// show the size of the effect beside each p-value.
package dev.sightline.stats.test;
