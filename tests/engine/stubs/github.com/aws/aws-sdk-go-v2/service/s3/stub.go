// Package s3 stands for the client of the backend s3://, which no test uses.
package s3

type CopyObjectInput struct {
	CopySource *string
}
