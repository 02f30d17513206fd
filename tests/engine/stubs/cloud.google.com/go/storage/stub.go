// Package storage stands for the client of gs://, which no test uses.
package storage

const ScopeReadWrite = "left out"
