/// What each stage of a pipeline does to one line.
package dev.sightline.logql.stage;
