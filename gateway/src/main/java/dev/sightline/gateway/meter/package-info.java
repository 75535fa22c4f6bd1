/// What the gateway counts.
package dev.sightline.gateway.meter;
