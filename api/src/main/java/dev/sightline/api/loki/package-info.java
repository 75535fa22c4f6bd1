/// Loki's API: how its clients write and read log lines.
package dev.sightline.api.loki;
