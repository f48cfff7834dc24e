package dev.facefusion.tests.scenario;

/// A prohibition, and the time for which it holds.
public record Ban(Prohibition prohibition, Window window) {}
