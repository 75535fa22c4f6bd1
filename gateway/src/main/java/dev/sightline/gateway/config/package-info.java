/// What a gateway is told: models and their servers, limits, the entrance, where countries come
/// from.
package dev.sightline.gateway.config;
