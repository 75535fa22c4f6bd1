#!/bin/bash
exec /usr/lib/jvm/temurin-25-jdk-amd64/bin/java @/tmp/new/jvm.options -XX:AOTCache=/tmp/new/learnt-761046186.aot -cp "/tmp/new/sightline-server.jar:/tmp/new/lib/*" dev.sightline.server.cli.Main "$@"
