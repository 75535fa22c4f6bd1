/// The copy of a call that is taken on the side, within a budget, and the queue of copies.
package dev.sightline.gateway.capture;
