/// Stores of one run, in memory: simple enough to be obviously right.
package dev.sightline.script.memory;
