/// Which model a call is for, or why it is for none.
package dev.sightline.gateway.route;
