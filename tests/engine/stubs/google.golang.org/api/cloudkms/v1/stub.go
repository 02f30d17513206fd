// Package cloudkms stands for the client of gcpkms://, which no test uses.
package cloudkms

const CloudkmsScope = "left out"
