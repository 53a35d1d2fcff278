#!/bin/sh
# The fat jar with its one flag. Where the command line is another's, JDK_JAVA_OPTIONS says the same to any `java`.
cd "$(dirname "$0")"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" --add-modules=jdk.incubator.vector -jar target/arm-service-1.0.0.jar "$@"
