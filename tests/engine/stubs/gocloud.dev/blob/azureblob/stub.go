// Package azureblob stands for the backend azblob://, which no test uses.
package azureblob

import (
	"context"
	"errors"
	"net/url"

	"gocloud.dev/blob"
)

const Scheme = "azblob"

type Client struct{}

type ServiceURLOptions struct{}

type URLOpener struct {
	MakeClient        func() (*Client, error)
	ServiceURLOptions ServiceURLOptions
}

func NewDefaultClient() (*Client, error) { return nil, errors.New("azblob:// is left out") }

func NewDefaultServiceURLOptions() *ServiceURLOptions { return &ServiceURLOptions{} }

func (*URLOpener) OpenBucketURL(context.Context, *url.URL) (*blob.Bucket, error) {
	return nil, errors.New("azblob:// is left out")
}
