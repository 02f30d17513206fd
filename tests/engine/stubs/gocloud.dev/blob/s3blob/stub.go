// Package s3blob stands for the backend s3://, which no test uses.
package s3blob
