"""Make room for what can be found."""

import commonweal.foundation.fields
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('discovery', '0001_words'),
        ('people', '0002_alarm'),
        ('places', '0002_load'),
    ]

    operations = [
        migrations.CreateModel(
            name='Stale',
            fields=[
                ('fact_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('party_id', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Word',
            fields=[('word', models.TextField(primary_key=True, serialize=False))],
            options={
                'indexes': [models.Index(fields=['word'], name='word_by_beginning', opclasses=['text_pattern_ops']), django.contrib.postgres.indexes.GinIndex(fields=['word'], name='word_by_letters', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.TextField(unique=True)),
                ('kind', models.TextField(choices=[('group', 'Group'), ('host', 'Host'), ('organization', 'Organization'), ('person', 'Person')])),
                ('name', models.TextField()),
                ('labels', models.TextField()),
                ('about', models.TextField()),
                ('words', models.GeneratedField(db_persist=True, expression=models.Func('name', 'labels', 'about', function='discovery_vector', output_field=django.contrib.postgres.search.SearchVectorField()), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('latitude', models.FloatField(null=True)),
                ('longitude', models.FloatField(null=True)),
                ('living', models.BooleanField(default=True)),
                ('since', models.DateTimeField()),
                ('active_at', models.DateTimeField()),
                ('currency', commonweal.foundation.fields.CurrencyField(default="EUR", max_length=3)),
                ('raised_minor', models.BigIntegerField(default=0)),
                ('pot_minor', models.BigIntegerField(default=0)),
                ('city', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.place')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.party')),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.place')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='listing_by_words'), django.contrib.postgres.indexes.GinIndex(fields=['themes'], name='listing_by_theme'), models.Index(fields=['kind', '-active_at', '-id'], name='listing_by_activity'), models.Index(fields=['kind', '-since', '-id'], name='listing_by_age'), models.Index(fields=['kind', '-pot_minor', '-id'], name='listing_by_pot')],
            },
        ),
    ]
