/// What Loki's clients send.
package dev.sightline.wire.loki;
